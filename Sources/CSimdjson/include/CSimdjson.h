#pragma once

#include "json_tree.h"
#include "recentchange.h"
