#pragma once

#include "json_tree.h"
#include "json_validity.h"
#include "recentchange.h"
