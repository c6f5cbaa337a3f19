/** What the end-to-end tests put into a running gateway: handlers and drivers that do what one should not. */
package io.fieldgate.itest.subject;
