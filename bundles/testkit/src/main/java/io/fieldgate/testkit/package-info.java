/** What authors of handlers and drivers test with: contract tests, fakes, a scripted client, a gateway of their own. */
@Export
@Version("0.1.0")
package io.fieldgate.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
