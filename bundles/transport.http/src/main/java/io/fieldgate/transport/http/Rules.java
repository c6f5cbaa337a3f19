package io.fieldgate.transport.http;

/**
 * Who may come in and where to, checked.
 *
 * @param entry from which origins, under which names, and what an anonymous user may do
 * @param access which role a path needs
 * @param proxies who is believed to tell of clients
 */
record Rules(EntryRules entry, Access access, Proxies proxies) {}
