/**
 * @file server.h
 * @brief A server on the loopback that gives one canned reply after another,
 * byte for byte, and keeps what it was asked.
 */
#ifndef UNIT_FETCH_SERVER_H
#define UNIT_FETCH_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    SERVER_REPLIES = 8
};

struct server {
    const char *replies[SERVER_REPLIES]; /**< ended by NULL */
    char requests[SERVER_REPLIES][4096];
    int count; /**< requests so far */
    int port, listener;
    pthread_t thread;
    char address[64]; /**< "http://127.0.0.1:4711" */
};

static inline void server_answer(struct server *s, int connection)
{
    char *request = s->requests[s->count];
    size_t length = 0;
    ssize_t n;
    while (length + 1 < sizeof s->requests[0] &&
           (n = recv(connection, request + length,
                     sizeof s->requests[0] - 1 - length, 0)) > 0) {
        length += (size_t)n;
        request[length] = '\0';
        if (strstr(request, "\r\n\r\n"))
            break;
    }
    const char *reply = s->replies[s->count++];
    if (send(connection, reply, strlen(reply), MSG_NOSIGNAL) < 0)
        perror("send");
    close(connection);
}

static inline void *server_main(void *data)
{
    struct server *s = data;
    while (s->count < SERVER_REPLIES && s->replies[s->count]) {
        int connection = accept(s->listener, NULL, NULL);
        if (connection < 0)
            return NULL;
        server_answer(s, connection);
    }
    return NULL;
}

/** Listens on a free port; `replies` are set before. */
static inline void server_start(struct server *s)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (s->listener < 0 ||
        bind(s->listener, (struct sockaddr *)&address, size) != 0 ||
        listen(s->listener, 8) != 0 ||
        getsockname(s->listener, (struct sockaddr *)&address, &size) != 0)
        abort();
    s->port = ntohs(address.sin_port);
    snprintf(s->address, sizeof s->address, "http://127.0.0.1:%d", s->port);
    if (pthread_create(&s->thread, NULL, server_main, s) != 0)
        abort();
}

static inline void server_stop(struct server *s)
{
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
}

#endif
