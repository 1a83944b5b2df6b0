#pragma once
// The Glibc module does not have it.
#include <malloc.h>
