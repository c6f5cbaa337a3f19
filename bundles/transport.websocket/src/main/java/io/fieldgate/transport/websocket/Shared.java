package io.fieldgate.transport.websocket;

/**
 * What all connections have in common.
 *
 * @param settings the configuration
 * @param compression compresses for all
 * @param links where each connection is registered while it is there
 * @param heartbeat the clock
 * @param texts what requests have in common
 * @param buffers what there is for messages that have not come whole yet
 */
record Shared(
        Settings settings,
        Compression compression,
        Links links,
        Heartbeat heartbeat,
        RecurringTexts texts,
        BufferBudget buffers) {

    static Shared of(Settings settings) {
        Links links = new Links();
        return new Shared(
                settings,
                new Compression(settings.deflateMinBytes()),
                links,
                new Heartbeat(links),
                new RecurringTexts(),
                new BufferBudget(settings.buffersMaxBytes()));
    }
}
