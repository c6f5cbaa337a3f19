/**
 * The servers that are measured beside the gateway, each a program of its own: a page at {@code /}, an echo at {@code /echo}
 * and, compressed, at {@code /deflate}, and a broadcast from {@code /fan/publish} to {@code /fan/subscribe}.
 */
package io.fieldgate.benchmark.peer;
