/* json_write.h: the writer of the room's front door. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/text.h"
