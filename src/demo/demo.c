#include "base/status.h"
enum terramis_status terramis_demo(const struct terramis_options *o, const char *dir, bool small)
{ (void)o; (void)dir; (void)small; return TERRAMIS_OK; }
