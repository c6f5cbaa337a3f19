package io.fieldgate.handler.echo;

import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.testkit.SocketHandlerContract;

class EchoHandlerContractTest extends SocketHandlerContract {

    @Override
    protected SocketHandler handler() {
        return new EchoHandler();
    }
}
