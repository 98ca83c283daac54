/* main() for a fuzz target without libFuzzer: runs it on every file named. */
#include "fuzz.h"

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(1 << 20);
    if (!file || !data) {
        perror(path);
        abort();
    }
    size_t size = fread(data, 1, 1 << 20, file);
    fclose(file);
    /* a copy of exactly that size: ASan sees the first byte beyond */
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact)
        abort();
    memcpy(exact, data, size);
    free(data);
    fprintf(stderr, "%s\n", path); /* the last one is the one that failed */
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%d replayed\n", argc - 1);
    return argc > 1 ? 0 : 2;
}
