/** Malformed handshakes and frames out of a generator, each with what is right to be said to it. */
package io.fieldgate.itest.malformed;
