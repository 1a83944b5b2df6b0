#pragma once
#include "json_tree.h"
