/** The load generator: WebSocket clients, as lean as one thread and Java NIO can make them. */
package io.fieldgate.benchmark.load;
