/* What the three clients share: a plan of statements, fresh ids for each turn, several processes at once.
 *
 * A client gives open_line(where) and turn(plan); main() is here. Called: PROGRAM WHERE PLAN CLIENTS SECONDS.
 * Prints a line "client seconds" for each turn. The plan's format is that of tests/bench/plans.py, which writes it.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 't', BYTES = 'b', NUMBER = 'i', REAL = 'd', NOTHING = 'n', WARM = 5, LONGEST = 1 << 20 };

/* A place in a value where an id stands: 32 hex digits, or 32 bytes (raw). The same number is the same id. */
struct slot { uint32_t at, number, raw; };
struct value { uint32_t kind, length, slots; char *bytes; struct slot *slot; };
struct statement { char *sql; uint32_t values; struct value *value; };
struct plan { uint32_t statements, ids; struct statement *statement; uint8_t (*id)[32]; };

void open_line(const char *where, struct plan *plan);
void turn(struct plan *plan);

static int parent = -1;

/* Says why, and tells the parent, which waits for all. */
static void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    if (parent >= 0 && write(parent, "x", 1) < 0) perror(what);
    exit(1);
}

static uint32_t number(FILE *from) {
    uint32_t found;
    if (fread(&found, sizeof found, 1, from) != 1) fail("plan", "it ends too early");
    return found;
}

static char *bytes(FILE *from, uint32_t length) {
    char *found = calloc(1, length + 1);
    if (!found || fread(found, 1, length, from) != length) fail("plan", "it ends too early");
    return found;
}

static void read_value(FILE *from, struct value *v) {
    v->kind = number(from);
    v->length = number(from);
    v->bytes = bytes(from, v->length);
    v->slots = number(from);
    v->slot = calloc(v->slots + 1, sizeof *v->slot);
    for (uint32_t i = 0; i < v->slots; i++) {
        v->slot[i].at = number(from);
        v->slot[i].number = number(from);
        v->slot[i].raw = number(from);
    }
}

static void read_plan(const char *path, struct plan *plan) {
    FILE *from = fopen(path, "rb");
    if (!from) fail("plan", "cannot be read");
    plan->ids = number(from);
    plan->id = calloc(plan->ids + 1, sizeof *plan->id);
    plan->statements = number(from);
    plan->statement = calloc(plan->statements, sizeof *plan->statement);
    for (uint32_t i = 0; i < plan->statements; i++) {
        struct statement *s = &plan->statement[i];
        s->sql = bytes(from, number(from));
        s->values = number(from);
        s->value = calloc(s->values + 1, sizeof *s->value);
        for (uint32_t j = 0; j < s->values; j++) read_value(from, &s->value[j]);
    }
    fclose(from);
}

/* New ids in place of those of the turn before. */
static void renew(struct plan *plan) {
    static const char hex[] = "0123456789abcdef";
    for (uint32_t i = 0; i < plan->ids; i++)
        if (getrandom(plan->id[i], 32, 0) != 32) fail("ids", "no random bytes");
    for (uint32_t i = 0; i < plan->statements; i++)
        for (uint32_t j = 0; j < plan->statement[i].values; j++) {
            struct value *v = &plan->statement[i].value[j];
            for (uint32_t k = 0; k < v->slots; k++) {
                uint8_t *id = plan->id[v->slot[k].number];
                char *to = v->bytes + v->slot[k].at;
                if (v->slot[k].raw) memcpy(to, id, 32);
                else for (int n = 0; n < 32; n++) to[n] = hex[id[n] & 15];
            }
        }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void work(const char *where, struct plan *plan, double seconds, int ready, int go, int out) {
    static double took[LONGEST];
    uint32_t turns = 0;
    char one = 'r';
    parent = ready;
    open_line(where, plan);
    for (int i = 0; i < WARM; i++) { renew(plan); turn(plan); }
    if (write(ready, &one, 1) != 1 || read(go, &one, 1) != 0) fail("client", "was not let go");
    double started = now(), before = started;
    while (before - started < seconds && turns < LONGEST) {
        renew(plan);
        turn(plan);
        double after = now();
        took[turns++] = after - before;
        before = after;
    }
    for (uint32_t sent = 0; sent < turns * sizeof *took;) {
        ssize_t n = write(out, (char *)took + sent, turns * sizeof *took - sent);
        if (n <= 0) fail("client", "its times were not taken");
        sent += (uint32_t)n;
    }
    exit(0);
}

int main(int argc, char **argv) {
    if (argc != 5) fail("usage", "PROGRAM WHERE PLAN CLIENTS SECONDS");
    struct plan plan;
    int clients = atoi(argv[3]), ready[2], go[2], out[64][2];
    if (clients < 1 || clients > 64) fail("clients", "1 to 64");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    read_plan(argv[2], &plan);
    if (pipe(ready) || pipe(go)) fail("pipe", "none");
    for (int i = 0; i < clients; i++) {
        if (pipe(out[i])) fail("pipe", "none");
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            close(go[1]);
            close(ready[0]);
            work(argv[1], &plan, atof(argv[4]), ready[1], go[0], out[i][1]);
        }
        close(out[i][1]);
    }
    close(ready[1]);
    char one;
    for (int i = 0; i < clients; i++)
        if (read(ready[0], &one, 1) != 1 || one != 'r') fail("client", "one of them failed");
    close(go[1]);
    for (int i = 0; i < clients; i++) {
        FILE *times = fdopen(out[i][0], "rb");
        double took;
        int seen = 0;
        while (fread(&took, sizeof took, 1, times) == 1) seen += printf("%d %.7f\n", i, took) > 0;
        if (!seen) fail("client", "one of them failed");
    }
    return 0;
}
