package io.fieldgate.benchmark.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** A page of a few bytes, or below {@code /static/} one of 1 kB, for every request that asks for no WebSocket; for one that does it makes way. */
final class NettyPage extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ByteBuf PAGE = kept("<title>Netty</title>");
    private static final ByteBuf FILE = kept("0123456789abcde\n".repeat(64));

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            context.pipeline().remove(this);
            context.fireChannelRead(request.retain());
            return;
        }
        boolean file = request.uri().startsWith("/static/");
        ByteBuf body = (file ? FILE : PAGE).duplicate();
        FullHttpResponse page = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        page.headers().set(HttpHeaderNames.CONTENT_TYPE, file ? "text/plain" : "text/html");
        page.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        ChannelFuture unused = context.writeAndFlush(page);
    }

    private static ByteBuf kept(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
                .asReadOnly();
    }
}
