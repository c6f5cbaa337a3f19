/** Hardware: what a driver bundle implements. */
@Export
@Version("0.1.0")
package io.fieldgate.api.driver;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
