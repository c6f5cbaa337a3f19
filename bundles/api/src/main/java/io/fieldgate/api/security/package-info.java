/** Who may come in and what they may do. Only Fieldgate implements it. */
@Export
@Version("0.1.0")
package io.fieldgate.api.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
