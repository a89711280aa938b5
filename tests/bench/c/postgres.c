/* The rows of an act by libpq: prepared once, then a round trip a statement, BEGIN and COMMIT around. */
#include <libpq-fe.h>
#include "replay.h"

enum { MOST = 256 };
static PGconn *line;

static void must(PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail("postgres", PQerrorMessage(line));
    PQclear(result);
}

void open_line(const char *where, struct plan *plan) {
    char name[16];
    line = PQconnectdb(where);
    if (PQstatus(line) != CONNECTION_OK) fail("postgres", PQerrorMessage(line));
    for (uint32_t i = 0; i < plan->statements; i++) {
        snprintf(name, sizeof name, "s%u", i);
        must(PQprepare(line, name, plan->statement[i].sql, 0, NULL));
    }
}

void turn(struct plan *plan) {
    const char *given[MOST];
    int lengths[MOST], formats[MOST];
    char name[16];
    must(PQexec(line, "BEGIN"));
    for (uint32_t i = 0; i < plan->statements; i++) {
        struct statement *s = &plan->statement[i];
        if (s->values > MOST) fail("postgres", "too many values");
        for (uint32_t j = 0; j < s->values; j++) {
            given[j] = s->value[j].kind == NOTHING ? NULL : s->value[j].bytes;
            lengths[j] = (int)s->value[j].length;
            formats[j] = s->value[j].kind == BYTES;
        }
        snprintf(name, sizeof name, "s%u", i);
        must(PQexecPrepared(line, name, (int)s->values, given, lengths, formats, 0));
    }
    must(PQexec(line, "COMMIT"));
}
