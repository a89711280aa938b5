/* Requests to the API on a connection that stays open: a client that takes as little of the two cores as can be. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include "replay.h"

static int line;

void open_line(const char *where, struct plan *plan) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(where))};
    int yes = 1;
    (void)plan;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    line = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(line, (struct sockaddr *)&to, sizeof to)) fail("http", "nobody answers");
    setsockopt(line, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/* A statement is one request; it must be answered with 2xx. */
static void ask(struct value *request) {
    static char answer[1 << 20];
    size_t have = 0, whole = 0;
    for (uint32_t sent = 0; sent < request->length;) {
        ssize_t n = write(line, request->bytes + sent, request->length - sent);
        if (n <= 0) fail("http", "the connection was closed");
        sent += (uint32_t)n;
    }
    while (!whole || have < whole) {
        ssize_t n = read(line, answer + have, sizeof answer - 1 - have);
        if (n <= 0) fail("http", "the connection was closed");
        have += (size_t)n;
        answer[have] = 0;
        char *end = strstr(answer, "\r\n\r\n"), *length = strcasestr(answer, "\r\ncontent-length:");
        if (end && !whole) {
            if (!length || length > end) fail("http", "an answer without a length");
            whole = (size_t)(end - answer) + 4 + (size_t)atol(length + 17);
        }
    }
    if (strncmp(answer, "HTTP/1.1 2", 10)) { answer[300] = 0; fail("http", answer); }
}

void turn(struct plan *plan) {
    for (uint32_t i = 0; i < plan->statements; i++) ask(&plan->statement[i].value[0]);
}
