#include "CVirglrenderer.h"
