/** The gateway itself: what drivers, handlers, transports and the shell use. Only Fieldgate implements it. */
@Export
@Version("0.1.0")
package io.fieldgate.api.gateway;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
