/** Who may come in and what they may do: users, tokens, logins, certificates, and the log of who did what. */
package io.fieldgate.security;
