#pragma once

#include <array>

enum class Quantity { Length, Mass, Volume, Area, Speed, Temperature, Time, Data };

struct QuantityWords {
    const char* english;
    const char* chinese;
    const char* base;  // in which the factors below are
};
/// By Quantity.
inline constexpr auto quantities = std::to_array<QuantityWords>({
    {"length", "长度", "m"},
    {"mass", "质量", "kg"},
    {"volume", "体积", "l"},
    {"area", "面积", "m2"},
    {"speed", "速度", "m/s"},
    {"temperature", "温度", "K"},
    {"time", "时间", "s"},
    {"data", "数据", "B"},
});

struct Unit {
    Quantity quantity;
    const char* symbol;   // shown in English
    const char* chinese;  // shown in Chinese, and accepted
    double factor;        // of the base: value in the base = value * factor + offset
    const char* names;    // also accepted, parted by "|"
    double offset = 0;
};

// Exact by definition where there is one: the international yard and pound (1959), the US gallon of 231 cubic inches, the
// imperial gallon of 4.54609 l, the market units of China (斤 = 500 g, 里 = 500 m, 亩 = 2000/3 m²). A year is the Gregorian
// mean, 365.2425 days.
inline constexpr auto units = std::to_array<Unit>({
    {Quantity::Length, "m", "米", 1, "meter|meters|metre|metres|公尺"},
    {Quantity::Length, "km", "公里", 1000, "kilometer|kilometers|kilometre|kilometres|千米"},
    {Quantity::Length, "cm", "厘米", 0.01, "centimeter|centimeters|centimetre|centimetres|公分"},
    {Quantity::Length, "mm", "毫米", 0.001, "millimeter|millimeters|millimetre|millimetres"},
    {Quantity::Length, "µm", "微米", 1e-6, "um|μm|micrometer|micrometers|micron|microns"},
    {Quantity::Length, "nm", "纳米", 1e-9, "nanometer|nanometers|nanometre|nanometres"},
    {Quantity::Length, "mile", "英里", 1609.344, "miles|mi"},
    {Quantity::Length, "yd", "码", 0.9144, "yard|yards"},
    {Quantity::Length, "ft", "英尺", 0.3048, "foot|feet|呎"},
    {Quantity::Length, "in", "英寸", 0.0254, "inch|inches|吋"},
    {Quantity::Length, "nmi", "海里", 1852, "nautical-mile|nautical-miles|浬"},
    {Quantity::Length, "li", "里", 500, "市里|华里"},
    {Quantity::Length, "zhang", "丈", 10.0 / 3, "市丈"},
    {Quantity::Length, "chi", "尺", 1.0 / 3, "市尺"},
    {Quantity::Length, "cun", "寸", 1.0 / 30, "市寸"},
    {Quantity::Length, "au", "天文单位", 149597870700, "astronomical-unit|astronomical-units"},
    {Quantity::Length, "ly", "光年", 9460730472580800, "light-year|light-years|lightyear|lightyears"},

    {Quantity::Mass, "kg", "公斤", 1, "kilogram|kilograms|kilo|kilos|千克"},
    {Quantity::Mass, "g", "克", 0.001, "gram|grams|gramme|grammes"},
    {Quantity::Mass, "mg", "毫克", 1e-6, "milligram|milligrams"},
    {Quantity::Mass, "t", "吨", 1000, "tonne|tonnes|ton|tons|公吨"},
    {Quantity::Mass, "lb", "磅", 0.45359237, "lbs|pound|pounds"},
    {Quantity::Mass, "oz", "盎司", 0.028349523125, "ounce|ounces|安士"},
    {Quantity::Mass, "stone", "英石", 6.35029318, "stones|st"},
    {Quantity::Mass, "ct", "克拉", 0.0002, "carat|carats"},
    {Quantity::Mass, "jin", "斤", 0.5, "市斤|catty|catties"},
    {Quantity::Mass, "liang", "两", 0.05, "市两"},
    {Quantity::Mass, "qian", "钱", 0.005, ""},

    {Quantity::Volume, "l", "升", 1, "liter|liters|litre|litres|公升"},
    {Quantity::Volume, "ml", "毫升", 0.001, "milliliter|milliliters|millilitre|millilitres|cc"},
    {Quantity::Volume, "cl", "厘升", 0.01, "centiliter|centiliters|centilitre|centilitres"},
    {Quantity::Volume, "m3", "立方米", 1000, "m³|cubic-meter|cubic-meters|cubic-metre|cubic-metres|方"},
    {Quantity::Volume, "cm3", "立方厘米", 0.001, "cm³|cubic-centimeter|cubic-centimeters"},
    {Quantity::Volume, "ft3", "立方英尺", 28.316846592, "ft³|cubic-foot|cubic-feet"},
    {Quantity::Volume, "gal", "加仑", 3.785411784, "gallon|gallons|美制加仑"},
    {Quantity::Volume, "ukgal", "英制加仑", 4.54609, "uk-gallon|uk-gallons|imperial-gallon|imperial-gallons"},
    {Quantity::Volume, "qt", "夸脱", 0.946352946, "quart|quarts"},
    {Quantity::Volume, "pt", "品脱", 0.473176473, "pint|pints|美制品脱"},
    {Quantity::Volume, "ukpt", "英制品脱", 0.56826125, "uk-pint|uk-pints|imperial-pint|imperial-pints"},
    {Quantity::Volume, "cup", "杯", 0.2365882365, "cups"},
    {Quantity::Volume, "floz", "液量盎司", 0.0295735295625, "fl-oz|fluid-ounce|fluid-ounces"},
    {Quantity::Volume, "tbsp", "汤匙", 0.01478676478125, "tablespoon|tablespoons|大匙"},
    {Quantity::Volume, "tsp", "茶匙", 0.00492892159375, "teaspoon|teaspoons|小匙"},

    {Quantity::Area, "m2", "平方米", 1, "m²|square-meter|square-meters|square-metre|square-metres|sqm|平米"},
    {Quantity::Area, "km2", "平方公里", 1e6, "km²|square-kilometer|square-kilometers|平方千米"},
    {Quantity::Area, "cm2", "平方厘米", 1e-4, "cm²|square-centimeter|square-centimeters"},
    {Quantity::Area, "ha", "公顷", 10000, "hectare|hectares"},
    {Quantity::Area, "acre", "英亩", 4046.8564224, "acres"},
    {Quantity::Area, "mu", "亩", 2000.0 / 3, "市亩"},
    {Quantity::Area, "ft2", "平方英尺", 0.09290304, "ft²|square-foot|square-feet|sqft"},
    {Quantity::Area, "in2", "平方英寸", 0.00064516, "in²|square-inch|square-inches"},
    {Quantity::Area, "yd2", "平方码", 0.83612736, "yd²|square-yard|square-yards"},
    {Quantity::Area, "mi2", "平方英里", 2589988.110336, "mi²|square-mile|square-miles"},

    {Quantity::Speed, "m/s", "米每秒", 1, "mps|米/秒"},
    {Quantity::Speed, "km/h", "公里每小时", 1 / 3.6, "kmh|kph|kmph|公里/小时|千米每小时|公里/时"},
    {Quantity::Speed, "mph", "英里每小时", 0.44704, "mi/h|英里/小时"},
    {Quantity::Speed, "knot", "节", 1852.0 / 3600, "knots|kn|kt"},
    {Quantity::Speed, "ft/s", "英尺每秒", 0.3048, "fps|英尺/秒"},

    {Quantity::Temperature, "°C", "摄氏度", 1, "C|celsius|centigrade|℃|摄氏", 273.15},
    {Quantity::Temperature, "°F", "华氏度", 5.0 / 9, "F|fahrenheit|℉|华氏", 459.67 * 5 / 9},
    {Quantity::Temperature, "K", "开尔文", 1, "kelvin|kelvins|开"},

    {Quantity::Time, "s", "秒", 1, "sec|secs|second|seconds|秒钟"},
    {Quantity::Time, "ms", "毫秒", 0.001, "millisecond|milliseconds"},
    {Quantity::Time, "µs", "微秒", 1e-6, "us|μs|microsecond|microseconds"},
    {Quantity::Time, "ns", "纳秒", 1e-9, "nanosecond|nanoseconds"},
    {Quantity::Time, "min", "分钟", 60, "mins|minute|minutes|分"},
    {Quantity::Time, "h", "小时", 3600, "hr|hrs|hour|hours|时|钟头"},
    {Quantity::Time, "d", "天", 86400, "day|days|日"},
    {Quantity::Time, "week", "周", 604800, "weeks|wk|星期|礼拜"},
    {Quantity::Time, "year", "年", 31556952, "years|yr|yrs"},

    {Quantity::Data, "B", "字节", 1, "byte|bytes"},
    {Quantity::Data, "bit", "比特", 0.125, "bits|b|位"},
    {Quantity::Data, "kB", "千字节", 1e3, "kilobyte|kilobytes"},
    {Quantity::Data, "MB", "兆字节", 1e6, "megabyte|megabytes|兆"},
    {Quantity::Data, "GB", "吉字节", 1e9, "gigabyte|gigabytes"},
    {Quantity::Data, "TB", "太字节", 1e12, "terabyte|terabytes"},
    {Quantity::Data, "PB", "拍字节", 1e15, "petabyte|petabytes"},
    {Quantity::Data, "KiB", "KiB", 1024, "kibibyte|kibibytes"},
    {Quantity::Data, "MiB", "MiB", 1048576, "mebibyte|mebibytes"},
    {Quantity::Data, "GiB", "GiB", 1073741824, "gibibyte|gibibytes"},
    {Quantity::Data, "TiB", "TiB", 1099511627776, "tebibyte|tebibytes"},
    {Quantity::Data, "kbit", "千比特", 125, "kilobit|kilobits|kb"},
    {Quantity::Data, "Mbit", "兆比特", 125e3, "megabit|megabits|Mb"},
    {Quantity::Data, "Gbit", "吉比特", 125e6, "gigabit|gigabits|Gb"},
});
