#pragma once

#include "unit_table.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The unit of that name in either language; as written first, then without regard to case. Null if there is none, or if
/// two differ in case only.
const Unit* find_unit(std::string_view name);

/// Units to offer for what is typed of a name, of one quantity only if given: by symbol and by each name, in the order of
/// the table, at most `most`.
std::vector<const Unit*> units_like(std::string_view typed, const Quantity* only, std::size_t most);

/// Names that were perhaps meant by a mistyped one: the closest of each unit, three at most; none if none is close.
std::vector<std::string_view> close_names(std::string_view name);

double converted(double amount, const Unit& from, const Unit& to);

/// "1.86411", "1500", "1.5e-12": whole numbers whole, others to six significant digits behind what must be shown.
std::string shown(double amount);

inline const QuantityWords& words_of(Quantity quantity) { return quantities[static_cast<std::size_t>(quantity)]; }
