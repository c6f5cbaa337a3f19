/** What is put into the gateway to be measured: the one handler that it does not ship with. */
package io.fieldgate.benchmark.subject;
