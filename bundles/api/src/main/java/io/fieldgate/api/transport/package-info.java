/** The ways in: what a transport bundle implements. */
@Export
@Version("0.1.0")
package io.fieldgate.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
