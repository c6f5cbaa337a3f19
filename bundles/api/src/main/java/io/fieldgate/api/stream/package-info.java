/** Raw octets of a line, such as a serial one: what a driver offers beside its points, for terminals and the like. */
@Export
@Version("0.1.0")
package io.fieldgate.api.stream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
