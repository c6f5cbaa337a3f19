/**
 * Resolves the features into the distribution. It runs in the build and is not part of the launcher's jar: reading features at
 * each start would cost a fifth of it.
 */
package io.fieldgate.launcher.features;
