/** The command line {@code fieldgate}, and the start and stop of the framework with the shipped bundles. */
package io.fieldgate.launcher;
