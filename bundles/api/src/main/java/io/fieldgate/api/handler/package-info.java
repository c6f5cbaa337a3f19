/** Application code: what a handler bundle implements. */
@Export
@Version("0.1.0")
package io.fieldgate.api.handler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
