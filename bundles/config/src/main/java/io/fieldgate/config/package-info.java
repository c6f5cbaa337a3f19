/** The files of {@code etc/}: checked against their metatype, applied, and taken back if a component fails with them. */
package io.fieldgate.config;
