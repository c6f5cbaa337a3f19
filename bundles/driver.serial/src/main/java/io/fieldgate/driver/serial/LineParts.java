package io.fieldgate.driver.serial;

/**
 * What the reader of a line works with.
 *
 * @param parser makes readings of lines
 * @param counters how the line does
 * @param last what each point said
 * @param desk who else hears what comes in
 */
record LineParts(LineParser parser, Counters counters, LastReadings last, LineDesk desk) {}
