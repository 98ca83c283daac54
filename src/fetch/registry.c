#include <string.h>

#include "base/log.h"
#include "fetch/service.h"

#define SERVICE(id, name, address, licence, source)                            \
    extern const struct fetch_service service_##id;
#define SERVICE_PLAIN(id, name, source)                                        \
    extern const struct fetch_service service_##id;
#include "config/services.def"

static const struct operator* const operators[] = {
#define SERVICE(id, name, address, licence, source) &service_##id.op,
#define SERVICE_PLAIN(id, name, source) &service_##id.op,
#include "config/services.def"
};

const struct registry service_registry = {
    N_("service"), operators, sizeof operators / sizeof operators[0]};

static const struct service_facts facts[] = {
#define SERVICE(id, name, address, licence, source)                            \
    {name, address, licence, source},
#define SERVICE_PLAIN(id, name, source) {name, NULL, NULL, source},
#include "config/services.def"
};

const struct service_facts *service_facts(const char *name)
{
    size_t i = 0;
    while (strcmp(facts[i].name, name) != 0) /* names of the same table */
        i++;
    return &facts[i];
}

enum terramis_status service_address(const struct config *config,
                                     const struct fetch_config *entry,
                                     struct text *address)
{
    static const char *const names[] = {
#define SERVICE(id, name, address, licence, source) name,
#include "config/services.def"
    };
    for (size_t i = 0; i < SERVICE_COUNT; i++)
        if (strcmp(names[i], entry->service.op->name) == 0)
            text_add(address, config->services.address[i]);
    while (address->length > 0 && address->data[address->length - 1] == '/')
        address->data[--address->length] = '\0';
    return text_status(address);
}

const struct fetch_service *service_of(const struct fetch_config *entry)
{
    return (const struct fetch_service *)entry->service.op;
}

enum terramis_status service_problem(const struct fetch_job *job,
                                     enum terramis_status code,
                                     const char *format, ...)
{
    struct text text = {0};
    va_list args;
    va_start(args, format);
    text_addv(&text, format, args);
    va_end(args);
    enum terramis_status status = text_status(&text);
    if (status == TERRAMIS_OK)
        status = status_set(code, "%s:%d:%d: %s: %s", job->config->path,
                            job->entry->at.line, job->entry->at.column,
                            job->entry->service.op->name, text_get(&text));
    text_release(&text);
    return status;
}

void service_progress(const struct fetch_job *job, long long done,
                      long long total)
{
    if (total > 0 && done >= 0 && done <= total)
        log_progress(job->entry->layer, (size_t)done, (size_t)total);
}

enum terramis_status
service_each_commune(struct fetch_job *job,
                     enum terramis_status (*ask)(struct fetch_job *job,
                                                 const struct commune *commune))
{
    TRY(area_need_communes(job->area, job->config, job->entry));
    size_t count = job->area->commune_count;
    for (size_t i = 0; i < count; i++) {
        service_progress(job, (long long)i, (long long)count);
        collection_next_part(job->collection);
        TRY(ask(job, &job->area->communes[i]));
    }
    service_progress(job, (long long)count, (long long)count);
    return TERRAMIS_OK;
}

void service_what(struct text *what, const struct fetch_job *job,
                  const char *subject, int page)
{
    text_release(what);
    text_addf(what, "%s:%d:%d: %s %s", job->config->path, job->entry->at.line,
              job->entry->at.column, job->entry->service.op->name, subject);
    if (page > 0)
        text_addf(what, _(", page %d"), page);
}
