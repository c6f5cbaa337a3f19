package io.fieldgate.transport.http;

/**
 * What is said of one further listener.
 *
 * @param place where it listens
 * @param paths what it serves
 */
record ListenerTerms(Place place, Paths paths) {}
