package io.fieldgate.transport.websocket;

/**
 * What counts for one client.
 *
 * @param maxMessageBytes the greatest message that its handler takes
 * @param deflate what was agreed about compression
 * @param limited whether it is held to a rate of messages
 */
record SessionTerms(int maxMessageBytes, DeflateTerms deflate, boolean limited) {}
