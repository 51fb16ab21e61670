/* http_serve.c: the door to libmicrohttpd. One thread of its speaks with all clients and never waits for any: a request
 * that is whole goes to a worker's desk, its connection sleeps, and is woken when the response is there. So a slow
 * client costs a socket and nothing else. Files of the page and refusals are answered at once.
 *
 * A client that takes too long to send a request is shut out by http_tick(): libmicrohttpd's own limit is for silence,
 * and a byte now and then breaks a silence. */
// SPDX-License-Identifier: MIT
#include "http_serve.h"
#include "desk.h"
#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

enum {
    SILENCE = 15,        /* seconds without a byte after which a client is let go */
    HEADERS = 32 * 1024, /* bytes of a connection's headers */
    SIGNS = 15,          /* ticks between signs of life */
    WASTE = 4 * APP_BODY /* bytes too many that are still read, so that the client hears why */
};

typedef enum {
    EXCHANGE_ARRIVES,
    EXCHANGE_WORKED_ON,
    EXCHANGE_READY
} exchange_state;

/* One request and its response. */
typedef struct {
    web_server *server;
    struct MHD_Connection *connection;
    ent_arena arena;
    const char *target;
    web_request request;
    web_response response;
    ent_text body;
    size_t wasted;
    int begun, early; /* early: the status it will be refused with */
    ent_error err;
    exchange_state state;
} exchange;

/* A socket, and since when it owes us a request; 0: it owes none. */
typedef struct client client;
struct client {
    MHD_socket socket;
    double since;
    client *next, **link;
};

/* Events that go out. */
typedef struct {
    web_server *server;
    struct MHD_Connection *connection;
    jobs_listener *listener;
    ent_arena arena;
    ent_text text;
    size_t sent;
} stream;

struct web_server {
    web_app *app;
    struct MHD_Daemon *daemon;
    web_desk *desk;
    pthread_mutex_t lock; /* of the clients */
    client *clients;
    int ticks;
};

/* ---- clients ---- */

static void owe(web_server *server, struct MHD_Connection *connection, int owes)
{
    const union MHD_ConnectionInfo *about = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    client *one = about != NULL ? about->socket_context : NULL;
    if (one == NULL) return;
    pthread_mutex_lock(&server->lock);
    one->since = owes ? ent_seconds() : 0.0;
    pthread_mutex_unlock(&server->lock);
}

static void come_or_go(void *who, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode what)
{
    web_server *server = who;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *about = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        client *one = calloc(1, sizeof *one);
        if (one == NULL || about == NULL) {
            free(one);
            return;
        }
        one->socket = about->connect_fd;
        one->since = ent_seconds();
        pthread_mutex_lock(&server->lock);
        one->next = server->clients;
        one->link = &server->clients;
        if (one->next != NULL) one->next->link = &one->next;
        server->clients = one;
        pthread_mutex_unlock(&server->lock);
        *context = one;
        return;
    }
    client *one = *context;
    if (one == NULL) return;
    pthread_mutex_lock(&server->lock);
    *one->link = one->next;
    if (one->next != NULL) one->next->link = one->link;
    pthread_mutex_unlock(&server->lock);
    free(one);
    *context = NULL;
}

void http_tick(web_server *server)
{
    const double now = ent_seconds();
    pthread_mutex_lock(&server->lock);
    for (client *one = server->clients; one != NULL; one = one->next)
        if (one->since > 0.0 && now - one->since > APP_ARRIVAL) {
            shutdown(one->socket, SHUT_RDWR); /* its thread notices, and closes it */
            one->since = 0.0;
        }
    pthread_mutex_unlock(&server->lock);
    if (++server->ticks % SIGNS == 0) jobs_tick(server->app->jobs);
}

/* ---- events ---- */

static void wake_stream(void *who)
{
    const stream *s = who;
    MHD_resume_connection(s->connection);
}

/* Called by the server's thread whenever the client can take more. It sleeps before it says that it waits: news that
 * comes in between is not lost. */
static ssize_t read_events(void *who, uint64_t position, char *to, size_t room)
{
    stream *s = who;
    (void)position;
    if (s->sent == s->text.size) {
        ent_arena_close(&s->arena);
        s->text = (ent_text){.arena = &s->arena};
        s->sent = 0;
        const int news = jobs_next(s->listener, &s->text);
        if (news == 0) {
            MHD_suspend_connection(s->connection);
            if (jobs_wait(s->listener)) MHD_resume_connection(s->connection);
            return 0;
        }
        if (news < 0 || s->text.failed) return MHD_CONTENT_READER_END_OF_STREAM;
    }
    const size_t left = s->text.size - s->sent, size = left < room ? left : room;
    memcpy(to, s->text.data + s->sent, size);
    s->sent += size;
    return (ssize_t)size;
}

static void end_events(void *who)
{
    stream *s = who;
    jobs_unlisten(s->listener);
    ent_arena_close(&s->arena);
    free(s);
}

static struct MHD_Response *make_events(exchange *x)
{
    stream *s = calloc(1, sizeof *s);
    if (s == NULL) return NULL;
    s->server = x->server;
    s->connection = x->connection;
    s->text = (ent_text){.arena = &s->arena};
    s->listener = jobs_listen(x->server->app->jobs, x->response.events, wake_stream, s);
    struct MHD_Response *made =
        s->listener == NULL ? NULL
                            : MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, read_events, s, end_events);
    if (made == NULL) {
        if (s->listener != NULL) jobs_unlisten(s->listener);
        free(s);
    }
    return made;
}

/* ---- responses ---- */

static void add(struct MHD_Response *made, const char *name, const char *value)
{
    if (value != NULL) MHD_add_response_header(made, name, value);
}

static void add_headers(const exchange *x, struct MHD_Response *made)
{
    static const char policy[] = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
                                 "form-action 'none'; frame-ancestors 'none'";
    const web_response *r = &x->response;
    char number[16];
    add(made, "Content-Type", r->type);
    add(made, "X-Content-Type-Options", "nosniff");
    add(made, "Referrer-Policy", "no-referrer");
    add(made, "Cross-Origin-Resource-Policy", "same-origin");
    add(made, "X-Frame-Options", "DENY");
    add(made, "Content-Security-Policy", r->is_page ? policy : "default-src 'none'; frame-ancestors 'none'; sandbox");
    add(made, "Cache-Control", r->is_page ? "no-cache" : "no-store");
    add(made, "ETag", r->etag);
    add(made, "Allow", r->allow);
    add(made, "Location", r->location);
    add(made, "Set-Cookie", r->cookie);
    if (r->status == 401) add(made, "WWW-Authenticate", "Bearer");
    if (r->retry_after > 0) {
        snprintf(number, sizeof number, "%d", r->retry_after);
        add(made, "Retry-After", number);
    }
    if (r->saved_as != NULL) {
        ENT_SCRATCH scratch = {0};
        add(made, "Content-Disposition", ent_string_format(&scratch, "attachment; filename=\"%s\"", r->saved_as));
    }
}

static enum MHD_Result give(exchange *x)
{
    const web_response *r = &x->response;
    struct MHD_Response *made =
        r->events != NULL
            ? make_events(x)
            : MHD_create_response_from_buffer(r->body.size, (void *)(uintptr_t)r->body.data, MHD_RESPMEM_PERSISTENT);
    if (made == NULL) return MHD_NO;
    add_headers(x, made);
    const enum MHD_Result result = MHD_queue_response(x->connection, (unsigned)r->status, made);
    MHD_destroy_response(made);
    return result;
}

static enum MHD_Result refuse(exchange *x, int status)
{
    web_say_error(status, &x->err, -1, &x->arena, &x->response);
    if (status == 503) x->response.retry_after = 1;
    return give(x);
}

/* ---- requests ---- */

static void work(void *what)
{
    exchange *x = what;
    web_answer(x->server->app, &x->request, &x->arena, &x->response);
    x->state = EXCHANGE_READY;
    MHD_resume_connection(x->connection);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* The headers are here, the body is not. */
static void begin(exchange *x, struct MHD_Connection *connection, const char *method)
{
    web_request *r = &x->request;
    x->begun = 1;
    x->connection = connection;
    x->body = (ent_text){.arena = &x->arena};
    x->arena.limit = APP_MEMORY;
    r->method = web_method_of(method);
    r->host = header(connection, "Host");
    r->origin = header(connection, "Origin");
    r->site = header(connection, "Sec-Fetch-Site");
    r->authorization = header(connection, "Authorization");
    r->cookie = header(connection, "Cookie");
    r->content_type = header(connection, "Content-Type");
    r->if_none_match = header(connection, "If-None-Match");
    const char *length = header(connection, "Content-Length");
    x->early = web_target_parse(x->target, &x->arena, r, &x->err);
    if (x->early == 0) x->early = web_guard_check(&x->server->app->guard, r, &x->err);
    if (x->early == 0 && length != NULL && strtoull(length, NULL, 10) > APP_BODY) {
        x->early = 413;
        ent_fail(&x->err, ENT_BAD_INPUT, "the body has %.20s bytes, more than the %d that are read", length, APP_BODY);
    }
}

/* A piece of the body. Too much of it is read for a while, so that the client can hear what is wrong. */
static enum MHD_Result take(exchange *x, const char *data, size_t *size)
{
    if (x->early == 0 && x->body.size + *size > APP_BODY) {
        x->early = 413;
        ent_fail(&x->err, ENT_BAD_INPUT, "the body has more than the %d bytes that are read", APP_BODY);
    }
    if (x->early == 0)
        ent_text_add(&x->body, data, *size);
    else
        x->wasted += *size;
    *size = 0;
    return x->wasted > WASTE ? MHD_NO : MHD_YES;
}

static enum MHD_Result answer(exchange *x)
{
    web_server *server = x->server;
    owe(server, x->connection, 0);
    if (x->early != 0) return refuse(x, x->early);
    if (x->body.failed) {
        web_say_no_memory(&x->response);
        return give(x);
    }
    x->request.body = (ent_bytes){x->body.size > 0 ? x->body.data : "", x->body.size};
    if (web_is_quick(&x->request)) {
        web_answer(server->app, &x->request, &x->arena, &x->response);
        return give(x);
    }
    x->state = EXCHANGE_WORKED_ON;
    MHD_suspend_connection(x->connection);
    if (desk_put(server->desk, x)) return MHD_YES;
    ent_fail(&x->err, ENT_BAD_INPUT, "all workers are busy; ask again in a second");
    web_say_error(503, &x->err, -1, &x->arena, &x->response);
    x->response.retry_after = 1;
    x->state = EXCHANGE_READY;
    MHD_resume_connection(x->connection);
    return MHD_YES;
}

static enum MHD_Result take_request(void *who, struct MHD_Connection *connection, const char *url, const char *method,
                                    const char *version, const char *data, size_t *size, void **context)
{
    exchange *x = *context;
    (void)who, (void)url, (void)version;
    if (x == NULL) return MHD_NO; /* memory was out when its first line came */
    if (!x->begun) {
        begin(x, connection, method);
        return x->early == 413 ? refuse(x, x->early) : MHD_YES;
    }
    if (x->state == EXCHANGE_READY) return give(x);
    if (*size > 0) return take(x, data, size);
    return answer(x);
}

/* The first line of a request, before anything is decoded. */
static void *take_line(void *who, const char *target, struct MHD_Connection *connection)
{
    exchange *x = calloc(1, sizeof *x);
    if (x == NULL) return NULL;
    x->server = who;
    owe(who, connection, 1);
    x->target = ent_string_copy(&x->arena, target);
    if (x->target != NULL) return x;
    free(x);
    return NULL;
}

static void end_request(void *who, struct MHD_Connection *connection, void **context,
                        enum MHD_RequestTerminationCode why)
{
    exchange *x = *context;
    (void)who, (void)connection, (void)why;
    if (x == NULL) return;
    ent_arena_close(&x->arena);
    free(x);
    *context = NULL;
}

/* Addresses are decoded by http_parse.c, whole. */
static size_t leave_as_is(void *who, struct MHD_Connection *connection, char *text)
{
    (void)who, (void)connection;
    return strlen(text);
}

static void say_nothing(void *who, const char *format, va_list list)
{
    (void)who, (void)format, (void)list;
}

/* ---- opening and closing ---- */

ent_status http_open(web_app *app, int socket, web_server **server, ent_error *err)
{
    web_server *s = calloc(1, sizeof *s);
    *server = NULL;
    if (s == NULL || pthread_mutex_init(&s->lock, NULL) != 0) {
        free(s);
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a server");
    }
    s->app = app;
    const ent_status status = desk_open(app->setup->threads, APP_QUEUE, work, &s->desk, err);
    if (status != ENT_OK) {
        free(s);
        return status;
    }
    s->daemon = MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, take_request, s,
        MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)APP_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HEADERS, MHD_OPTION_URI_LOG_CALLBACK, take_line, s, MHD_OPTION_NOTIFY_COMPLETED, end_request, s,
        MHD_OPTION_NOTIFY_CONNECTION, come_or_go, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_as_is, NULL, MHD_OPTION_END);
    if (s->daemon == NULL) {
        desk_close(s->desk);
        free(s);
        return ent_fail(err, ENT_BAD_INPUT, "the server can't be started; are there threads and sockets left?");
    }
    *server = s;
    return ENT_OK;
}

void http_close(web_server *server)
{
    desk_close(server->desk);
    jobs_stop(server->app->jobs);
    MHD_stop_daemon(server->daemon);
    pthread_mutex_destroy(&server->lock);
    free(server);
}
