#pragma once

#include "recentchange.h"
