package io.fieldgate.benchmark.peer;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;

/** One WebSocket: an echo, a subscriber or a publisher, as its path says. */
final class NettySocket extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private final ChannelGroup subscribers;
    private boolean publisher;

    NettySocket(ChannelGroup subscribers) {
        this.subscribers = subscribers;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof HandshakeComplete handshake) {
            publisher = handshake.requestUri().equals("/fan/publish");
            if (handshake.requestUri().equals("/fan/subscribe")) {
                subscribers.add(context.channel());
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        if (publisher) {
            ChannelGroupFuture unused = subscribers.writeAndFlush(frame.retain());
        } else {
            ChannelFuture unused = context.writeAndFlush(frame.retain());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Who cuts the connection need not be told about, and nobody else is there.
        ChannelFuture unused = context.close();
    }
}
