#include "fetch/answer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/log.h"
#include "fetch/gunzip.h"
#include "param/json.h"

enum {
    TRIES = 2,     /* for an answer that is cut short */
    EXCERPT = 300, /* bytes of a page that is no JSON */
    JSON_DEPTH_MAX = 64
};

void answers_release(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++)
        free(answers->addresses[i]);
    free(answers->addresses);
    answers->addresses = NULL;
    answers->count = answers->capacity = 0;
}

static enum terramis_status note(struct answers *answers, const char *address,
                                 const char *date)
{
    if (!answers->date[0] || strcmp(date, answers->date) < 0)
        snprintf(answers->date, sizeof answers->date, "%s", date);
    TRY(mem_grow(&answers->addresses, &answers->capacity, answers->count,
                 sizeof *answers->addresses));
    answers->addresses[answers->count] = NULL;
    TRY(mem_copy_text(&answers->addresses[answers->count], address));
    answers->count++;
    return TERRAMIS_OK;
}

void answer_forget(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++)
        cache_forget(answers->cache, answers->addresses[i]);
}

static enum terramis_status unreadable(const char *path)
{
    return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), path,
                      strerror(errno));
}

static enum terramis_status read_stream(FILE *file, char **bytes, size_t *size)
{
    size_t room = 0;
    do {
        TRY(mem_grow(bytes, &room, *size + (1 << 16), 1));
        *size += fread(*bytes + *size, 1, room - *size - 1, file);
    } while (!feof(file) && !ferror(file));
    (*bytes)[*size] = '\0';
    return TERRAMIS_OK;
}

/* Reads a whole file; caller frees. */
static enum terramis_status read_whole(const char *path, char **bytes,
                                       size_t *size)
{
    *bytes = NULL;
    *size = 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return unreadable(path);
    enum terramis_status status = read_stream(file, bytes, size);
    if (status == TERRAMIS_OK && ferror(file))
        status = unreadable(path);
    fclose(file);
    return status;
}

/* The words of a page that should have been JSON: an exception in XML. */
static enum terramis_status no_json(const char *what, const char *address,
                                    const char *bytes, const char *cause)
{
    char words[EXCERPT + 1];
    size_t n = 0;
    bool markup = false;
    for (const char *c = bytes; *c && n < EXCERPT; c++) {
        markup = *c == '<' || (markup && *c != '>');
        if (markup || *c == '>' || (unsigned char)*c <= ' ') {
            if (n > 0 && words[n - 1] != ' ')
                words[n++] = ' ';
        } else {
            words[n++] = *c;
        }
    }
    words[n] = '\0';
    if (*bytes == '<')
        return status_set(TERRAMIS_INPUT,
                          _("%s: %s: the service refuses: %s. Look at the "
                            "settings of this layer"),
                          what, address, words);
    return status_set(TERRAMIS_INPUT,
                      _("%s: %s: the answer is no JSON (%s): %s. Try again "
                        "later"),
                      what, address, cause, words);
}

static enum terramis_status parse(const char *path, const char *address,
                                  const char *what, struct json_object **json)
{
    char *bytes = NULL;
    size_t size = 0;
    enum terramis_status status = read_whole(path, &bytes, &size);
    enum json_tokener_error error;
    if (status != TERRAMIS_OK)
        goto done;
    /* from the first sign: an XML declaration, a byte order mark */
    const char *start = bytes;
    if (strncmp(start, "\xEF\xBB\xBF", 3) == 0)
        start += 3;
    start += strspn(start, " \t\r\n");
    size -= (size_t)(start - bytes);
    TRY_DONE(json_parse(start, size, JSON_DEPTH_MAX, json, &error));
    if (!json_object_is_type(*json, json_type_object) &&
        !json_object_is_type(*json, json_type_array)) {
        json_object_put(*json);
        *json = NULL;
        status = no_json(what, address, start,
                         error == json_tokener_continue ? _("cut short")
                         : error == json_tokener_success
                             ? _("or not only")
                             : json_tokener_error_desc(error));
    }
done:
    free(bytes);
    return status;
}

/* Parses what may be packed. */
static enum terramis_status parse_packed(struct answers *answers,
                                         const char *path, const char *address,
                                         const char *what,
                                         struct json_object **json)
{
    if (!gunzip_is_packed(path))
        return parse(path, address, what, json);
    struct text plain = {0};
    text_addf(&plain, "%s.plain", path);
    enum terramis_status status = text_status(&plain);
    if (status == TERRAMIS_OK)
        status = gunzip(path, text_get(&plain), what, answers->max_bytes);
    if (status == TERRAMIS_OK)
        status = parse(text_get(&plain), address, what, json);
    unlink(text_get(&plain));
    text_release(&plain);
    return status;
}

enum terramis_status answer_json(struct answers *answers, const char *address,
                                 const char *what, struct json_object **json)
{
    enum terramis_status status = TERRAMIS_OK;
    *json = NULL;
    for (int i = 0; i < TRIES; i++) {
        struct cache_answer answer;
        status = cache_get(answers->cache, address, what, false, &answer);
        answers->unreachable = status != TERRAMIS_OK;
        TRY(status);
        status = parse_packed(answers, answer.path, address, what, json);
        if (status == TERRAMIS_OK)
            status = note(answers, address, answer.date);
        else if (status == TERRAMIS_INPUT) /* not where memory ran out */
            cache_forget(answers->cache, address);
        cache_answer_release(&answer);
        if (status != TERRAMIS_INPUT || cache_is_offline(answers->cache))
            break;
    }
    if (status != TERRAMIS_OK) {
        json_object_put(*json);
        *json = NULL;
    }
    return status;
}

enum terramis_status answer_file(struct answers *answers, const char *address,
                                 const char *what, struct cache_answer *answer)
{
    enum terramis_status status =
        cache_get(answers->cache, address, what, true, answer);
    answers->unreachable = status != TERRAMIS_OK;
    TRY(status);
    status = note(answers, address, answer->date);
    if (status != TERRAMIS_OK)
        cache_answer_release(answer);
    return status;
}

struct json_object *answer_array(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(map, key, &value);
    return json_object_is_type(value, json_type_array) ? value : NULL;
}

const char *answer_text(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(map, key, &value);
    return value ? json_object_get_string(value) : NULL;
}

long long answer_count(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(map, key, &value);
    double number;
    if (json_object_is_type(value, json_type_int))
        return (long long)json_object_get_int64(value);
    /* "unknown" is how GeoServer says that it did not count */
    if (value && text_to_real(json_object_get_string(value), &number))
        return (long long)number;
    return -1;
}

bool answer_crs(struct json_object *collection, char crs[64])
{
    struct json_object *member = NULL, *properties = NULL;
    json_object_object_get_ex(collection, "crs", &member);
    json_object_object_get_ex(member, "properties", &properties);
    const char *name = answer_text(properties, "name");
    const char *colon = name ? strrchr(name, ':') : NULL;
    if (!colon)
        return false;
    if (text_same(colon, ":CRS84")) {
        snprintf(crs, 64, "EPSG:4326");
        return true;
    }
    bool epsg = strncasecmp(name, "urn:ogc:def:crs:EPSG:", 21) == 0 ||
                strncasecmp(name, "EPSG:", 5) == 0;
    size_t digits = strspn(colon + 1, "0123456789");
    if (!epsg || digits == 0 || digits > 7 || colon[1 + digits])
        return false;
    snprintf(crs, 64, "EPSG:%s", colon + 1);
    return true;
}
