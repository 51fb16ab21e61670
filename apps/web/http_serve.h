/* http_serve.h: sockets around web_answer(). */
// SPDX-License-Identifier: MIT
#pragma once
#include "app.h"

typedef struct web_server web_server;
/* Listen and serve from threads of its own. socket: one that listens already; it belongs to the server then. */
ent_status http_open(web_app *app, int socket, web_server **server, ent_error *err);
void http_tick(web_server *server);  /* once a second or so: slow clients are let go, listeners hear a sign of life */
void http_close(web_server *server); /* what is being answered is answered still */
