#include "base/status.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

#include "base/text.h"

enum {
    MESSAGE_SIZE = 16384
};

static _Thread_local char message[MESSAGE_SIZE];
/* Lock-free, so a signal handler may set it and any thread read it. */
static atomic_int interrupted;
static atomic_bool deferred;
/* Some allocation failed, on whatever thread. */
static atomic_bool memory_lost;

void status_say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    /* names of files and layers are of whoever made them */
    text_tame(message, true);
}

void status_say_no_memory(void)
{
    memory_lost = true;
    /* gettext gives the English text where it has no memory itself */
    snprintf(message, sizeof message, "%s", _("out of memory"));
}

bool status_memory_lost(void)
{
    return memory_lost;
}

enum terramis_status status_end(enum terramis_status status)
{
    if (!memory_lost)
        return status;
    if (status == TERRAMIS_OK || !strstr(message, _("out of memory")))
        status_no_memory();
    memory_lost = false;
    return TERRAMIS_INTERNAL;
}

const char *status_message(void)
{
    return message;
}

void status_clear(void)
{
    message[0] = '\0';
}

bool status_interrupted(void)
{
    return interrupted != 0 && !deferred;
}

enum terramis_status status_go_on(void)
{
    return status_interrupted()
               ? status_set(TERRAMIS_INTERRUPTED, _("interrupted"))
               : TERRAMIS_OK;
}

void status_defer_interrupt(bool defer)
{
    deferred = defer;
}

void terramis_interrupt(void)
{
    interrupted = 1;
}

const char *terramis_message(void)
{
    return status_message();
}
