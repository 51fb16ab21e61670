/* serve.c: the server from its first to its last second: a socket, the app, sockets' threads, and signals that end it.
 */
// SPDX-License-Identifier: MIT
#include "http_serve.h"
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static ent_status fail_socket(const web_setup *setup, ent_error *err)
{
    const int why = errno;
    if (why == EADDRINUSE)
        return ent_fail(err, ENT_BAD_INPUT, "port %td of %s is taken; --port N names another, --port 0 takes any",
                        setup->port, setup->address);
    if (why == EADDRNOTAVAIL)
        return ent_fail(err, ENT_BAD_INPUT, "--listen %s: is no address of this machine", setup->address);
    return ent_fail(err, ENT_BAD_INPUT, "port %td of %s can't be listened on: %s", setup->port, setup->address,
                    strerror(why));
}

static ent_status open_socket(const web_setup *setup, int *socket_out, ent_error *err)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    char port[16];
    const int yes = 1;
    snprintf(port, sizeof port, "%td", setup->port);
    if (getaddrinfo(setup->address, port, &hints, &found) != 0)
        return ent_fail(err, ENT_BAD_INPUT, "--listen %s: must be an address in numbers, such as 127.0.0.1 or ::1",
                        setup->address);
    const int s = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int fine = s >= 0 && setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                     bind(s, found->ai_addr, found->ai_addrlen) == 0 && listen(s, 128) == 0;
    const ent_status status = fine ? ENT_OK : fail_socket(setup, err);
    freeaddrinfo(found);
    if (!fine && s >= 0) close(s);
    *socket_out = s;
    return status;
}

static int port_of(int socket)
{
    struct sockaddr_storage here;
    socklen_t size = sizeof here;
    char port[16];
    int number = 0;
    if (getsockname(socket, (struct sockaddr *)&here, &size) != 0 ||
        getnameinfo((struct sockaddr *)&here, size, NULL, 0, port, sizeof port, NI_NUMERICSERV) != 0)
        return 0;
    for (const char *c = port; *c >= '0' && *c <= '9'; c++) number = 10 * number + (*c - '0');
    return number;
}

/* Where to go; with a token, a link that works once. */
static ent_status greet(web_app *app, int port, ent_error *err)
{
    const web_setup *setup = app->setup;
    const int six = strchr(setup->address, ':') != NULL;
    char line[256], link[GUARD_SECRET] = "";
    if (app->guard.token != NULL) ENT_TRY(web_guard_link(&app->guard, link, err));
    snprintf(line, sizeof line, "http://%s%s%s:%d/%s%s", six ? "[" : "", setup->address, six ? "]" : "", port,
             *link != 0 ? "enter/" : "", link);
    if (setup->say != NULL) setup->say(setup->who, line);
    return ENT_OK;
}

static void wait_for_end(web_server *server, const sigset_t *ends)
{
    const struct timespec second = {.tv_sec = 1};
    while (sigtimedwait(ends, NULL, &second) < 0) http_tick(server);
}

static ent_status run(web_app *app, int socket, const sigset_t *ends, ent_error *err)
{
    web_server *server;
    const int port = port_of(socket);
    const ent_status status = http_open(app, socket, &server, err);
    if (status != ENT_OK) {
        close(socket);
        return status;
    }
    const ent_status greeted = greet(app, port, err);
    if (greeted == ENT_OK) wait_for_end(server, ends);
    http_close(server);
    return greeted;
}

ent_status web_serve(const web_setup *setup, ent_error *err)
{
    ENT_SCRATCH house = {0};
    web_app app;
    sigset_t ends, before;
    int socket = -1;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    signal(SIGPIPE, SIG_IGN);
    pthread_sigmask(SIG_BLOCK, &ends, &before); /* before any thread is made: they inherit it */
    ent_status status = web_app_open(setup, &house, &app, err);
    if (status == ENT_OK) {
        status = open_socket(setup, &socket, err);
        if (status == ENT_OK) status = run(&app, socket, &ends, err);
    }
    web_app_close(&app);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}
