/** The values that drivers, handlers and transports exchange: immutable, comparable by content, without services. */
@Export
@Version("0.1.0")
package io.fieldgate.api.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
