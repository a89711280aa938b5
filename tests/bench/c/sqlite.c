/* The rows of an act by SQLite's own interface: prepared once, one writer at a time, each commit on the disk. */
#include <sqlite3.h>
#include <sys/file.h>
#include "replay.h"

static sqlite3 *line;
static sqlite3_stmt **prepared;
static int turns;

static void must(int status) {
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) fail("sqlite", sqlite3_errmsg(line));
}

void open_line(const char *where, struct plan *plan) {
    char lock[4096];
    snprintf(lock, sizeof lock, "%s.turn", where);
    turns = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    must(sqlite3_open(where, &line));
    must(sqlite3_exec(line, "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                            "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON", NULL, NULL, NULL));
    prepared = calloc(plan->statements + 1, sizeof *prepared);
    for (uint32_t i = 0; i < plan->statements; i++)
        must(sqlite3_prepare_v2(line, plan->statement[i].sql, -1, &prepared[i], NULL));
}

static void bind(sqlite3_stmt *s, int at, struct value *v) {
    if (v->kind == NOTHING) must(sqlite3_bind_null(s, at));
    else if (v->kind == NUMBER) must(sqlite3_bind_int64(s, at, atoll(v->bytes)));
    else if (v->kind == REAL) must(sqlite3_bind_double(s, at, atof(v->bytes)));
    else if (v->kind == BYTES) must(sqlite3_bind_blob(s, at, v->bytes, (int)v->length, SQLITE_STATIC));
    else must(sqlite3_bind_text(s, at, v->bytes, (int)v->length, SQLITE_STATIC));
}

void turn(struct plan *plan) {
    flock(turns, LOCK_EX);
    must(sqlite3_exec(line, "BEGIN IMMEDIATE", NULL, NULL, NULL));
    for (uint32_t i = 0; i < plan->statements; i++) {
        int status;
        for (uint32_t j = 0; j < plan->statement[i].values; j++)
            bind(prepared[i], (int)j + 1, &plan->statement[i].value[j]);
        while ((status = sqlite3_step(prepared[i])) == SQLITE_ROW) {}
        must(status);
        must(sqlite3_reset(prepared[i]));
    }
    must(sqlite3_exec(line, "COMMIT", NULL, NULL, NULL));
    flock(turns, LOCK_UN);
}
