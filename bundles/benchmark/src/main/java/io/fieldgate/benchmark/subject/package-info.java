/** What is put into the gateway to be measured: the handlers that it does not ship with. */
package io.fieldgate.benchmark.subject;
