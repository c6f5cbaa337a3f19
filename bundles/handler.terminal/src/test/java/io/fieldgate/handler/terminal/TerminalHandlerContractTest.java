package io.fieldgate.handler.terminal;

import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.testkit.SocketHandlerContract;

class TerminalHandlerContractTest extends SocketHandlerContract {

    @Override
    protected SocketHandler handler() {
        return new TerminalHandler();
    }
}
