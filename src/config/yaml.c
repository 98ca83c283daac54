#include "config/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config/yaml_tree.h"

/* What to do about the messages of libfyaml that people meet most. */
static const char *hint_for(const char *message)
{
    static const char *const hints[][2] = {
        {"multiline plain key",
         N_("Begin all keys of a map in the same column")},
        {"wrong indentation", N_("Begin all keys of a map in the same column")},
        {"nested block mapping", N_("Put a text that holds ': ' in quotes")},
        {"cannot start with", N_("Put the text in quotes")},
        {"tab", N_("Use spaces, not tabs, to indent")},
        {"closing quote", N_("Add the quote at the end of the text")},
        {"wrongly indented",
         N_("Is the quote at the end of the text missing?")},
        {"block mapping key", N_("Begin all keys of a map in the same column")},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strstr(message, hints[i][0]))
            return _(hints[i][1]);
    return NULL;
}

static enum terramis_status syntax_error(const char *name, struct fy_diag *diag,
                                         struct place open)
{
    void *at = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);
    while (error && error->type < FYET_ERROR)
        error = fy_diag_errors_iterate(diag, &at);
    if (!error)
        return status_set(TERRAMIS_PROJECT, _("%s:1:1: not YAML"), name);
    const char *hint = hint_for(error->msg);
    if (strstr(error->msg, "without a closing br") && open.line > 0)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: %s. Something opened at line %d, column "
                            "%d is not closed"),
                          name, error->line, error->column, error->msg,
                          open.line, open.column);
    return status_set(TERRAMIS_PROJECT, "%s:%d:%d: %s%s%s", name, error->line,
                      error->column, error->msg, hint ? ". " : "",
                      hint ? hint : "");
}

static enum terramis_status parse_events(const char *name,
                                         struct fy_parser *parser,
                                         struct fy_diag *diag,
                                         struct yaml_tree *tree)
{
    struct fy_event *event;
    while ((event = fy_parser_parse(parser))) {
        enum terramis_status status = yaml_tree_event(tree, event);
        fy_parser_event_free(parser, event);
        TRY(status);
    }
    if (fy_parser_get_stream_error(parser))
        return syntax_error(name, diag, yaml_tree_open(tree));
    if (!tree->has_root)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:1:1: the file has no settings. Write at least "
                            "'version: 1'"),
                          name);
    if (tree->root->kind != SETTING_MAP)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: expected a map of settings such as "
                            "'version: 1'"),
                          name, tree->root->at.line, tree->root->at.column);
    return TERRAMIS_OK;
}

/* Length of the UTF-8 character at `s` (`left` bytes), 0 if it is none:
 * Unicode 15, table 3-7. */
static size_t utf8_length(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool overlong =
        (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool beyond =
        (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || beyond ? 0 : length;
}

static enum terramis_status check_characters(const char *name, const char *data,
                                             size_t size)
{
    struct place at = {1, 1};
    for (size_t i = 0; i < size;) {
        size_t length = utf8_length((const unsigned char *)data + i, size - i);
        if (length == 0)
            return status_set(TERRAMIS_PROJECT,
                              _("%s:%d:%d: not UTF-8 text. Save the file with "
                                "the encoding UTF-8"),
                              name, at.line, at.column);
        if (data[i] == '\0')
            return status_set(
                TERRAMIS_PROJECT,
                _("%s:%d:%d: a NUL byte: this is no text file, or "
                  "one in UTF-16. Save it with the encoding UTF-8"),
                name, at.line, at.column);
        at.column++;
        if (data[i] == '\n')
            at = (struct place){at.line + 1, 1};
        i += length;
    }
    return TERRAMIS_OK;
}

enum terramis_status yaml_parse(const char *name, const char *data, size_t size,
                                struct arena *arena, struct setting *root)
{
    *root = (struct setting){0};
    TRY(check_characters(name, data, size));
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL; /* nothing to stderr */
    struct fy_diag *diag = fy_diag_create(&diag_config);
    if (!diag)
        return status_no_memory();
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_JSON_NONE |
                                           FYPCF_DEFAULT_VERSION_1_2,
                                  .diag = diag};
    struct yaml_tree tree = {.name = name, .arena = arena, .root = root};
    struct fy_parser *parser = fy_parser_create(&config);
    enum terramis_status status;
    if (parser && fy_parser_set_string(parser, data, size) == 0)
        status = parse_events(name, parser, diag, &tree);
    else
        status = status_no_memory();
    yaml_tree_release(&tree);
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return status;
}

static enum terramis_status read_stream(const char *path, FILE *stream,
                                        char **data, size_t *size)
{
    struct stat info;
    if (fstat(fileno(stream), &info) == 0 && S_ISDIR(info.st_mode))
        return status_set(TERRAMIS_PROJECT,
                          _("%s is a folder. Name the project file in it"),
                          path);
    size_t capacity = 0;
    do {
        TRY(mem_grow(data, &capacity, *size + 65536, 1));
        *size += fread(*data + *size, 1, capacity - *size, stream);
        if (*size > YAML_SIZE_MAX)
            return status_set(TERRAMIS_PROJECT,
                              _("%s is larger than 16 MB: no project file"),
                              path);
    } while (!feof(stream) && !ferror(stream));
    if (ferror(stream))
        return status_set(TERRAMIS_PROJECT, _("cannot read %s: %s"), path,
                          strerror(errno));
    return TERRAMIS_OK;
}

enum terramis_status yaml_read(const char *path, struct arena *arena,
                               struct setting *root)
{
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return status_set(TERRAMIS_PROJECT,
                          _("cannot open project file %s: %s"), path,
                          strerror(errno));
    char *data = NULL;
    size_t size = 0;
    enum terramis_status status = read_stream(path, stream, &data, &size);
    fclose(stream);
    if (status == TERRAMIS_OK)
        status = yaml_parse(path, data, size, arena, root);
    free(data);
    return status;
}
