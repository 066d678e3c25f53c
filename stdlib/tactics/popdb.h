#pragma once

namespace nas {

class Registry;
void add_popdb(Registry& registry);

}  // namespace nas
