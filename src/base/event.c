#include "base/event.h"

#include <pthread.h>

#include "base/text.h"

/* The stream is set before threads exist; `lock` guards the rest and keeps
 * lines whole. */
static struct {
    FILE *stream;
    double done;
    pthread_mutex_t lock;
} events = {.lock = PTHREAD_MUTEX_INITIALIZER};

bool event_open(FILE *stream)
{
    if (event_on())
        return false;
    events.stream = stream;
    events.done = -1;
    return true;
}

void event_close(void)
{
    events.stream = NULL;
}

bool event_on(void)
{
    return events.stream != NULL;
}

/* At once, since the reader waits for it; what did not arrive is noticed when
 * the program ends (ferror). */
static void write_line(struct text *line)
{
    text_add(line, "}\n");
    if (text_status(line) == TERRAMIS_OK)
        fputs(text_get(line), events.stream);
    fflush(events.stream);
    text_release(line);
}

static void begin_line(struct text *line, const char *kind)
{
    text_add(line, "{\"event\":");
    text_add_json(line, kind);
}

static void add_pair(struct text *line, const char *key, const char *text)
{
    text_addf(line, ",\"%s\":", key);
    text_add_json(line, text);
}

void event_pairs(const char *kind, const char *const *texts, size_t count)
{
    struct text line = {0};
    if (!event_on())
        return;
    begin_line(&line, kind);
    for (size_t i = 0; i + 1 < count; i += 2)
        if (texts[i + 1])
            add_pair(&line, texts[i], texts[i + 1]);
    pthread_mutex_lock(&events.lock);
    write_line(&line);
    pthread_mutex_unlock(&events.lock);
}

void event_progress(double done, const char *text)
{
    struct text line = {0};
    if (!event_on())
        return;
    pthread_mutex_lock(&events.lock);
    if (done > events.done) {
        events.done = done;
        begin_line(&line, "progress");
        text_add(&line, ",\"done\":");
        text_add_decimal(&line, done, 4);
        add_pair(&line, "text", text);
        write_line(&line);
    }
    pthread_mutex_unlock(&events.lock);
}
