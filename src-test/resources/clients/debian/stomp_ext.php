<?php
// PHP's stomp extension as its users have it: php-stomp of Debian, STOMP 1.0. Arguments: host, port.
const QUEUE = '/queue/matrix-php';

function expect(bool $fact, string $what): void
{
    if (!$fact) {
        fwrite(STDERR, "failed: $what\n");
        exit(1);
    }
}

function message(Stomp $stomp, string $body): StompFrame
{
    $frame = $stomp->readFrame();
    expect($frame !== false && $frame->body === $body, "a message '$body', got " . var_export($frame, true));
    return $frame;
}

$stomp = new Stomp("tcp://$argv[1]:$argv[2]", 'guest', 'guest');
$stomp->setReadTimeout(30);

// The extension takes the next frame for the receipt, and a subscriber's could be the message.
expect($stomp->send(QUEUE, 'text', ['receipt' => 'sent']), 'the receipt of SEND');
expect($stomp->subscribe(QUEUE, ['id' => 's', 'ack' => 'client-individual']), 'SUBSCRIBE');
expect($stomp->ack(message($stomp, 'text'), ['receipt' => 'acknowledged']), 'the receipt of ACK');

$octets = implode('', array_map('chr', range(0, 255)));
expect($stomp->send(QUEUE, $octets), 'SEND');
expect($stomp->ack(message($stomp, $octets)), 'ACK');

expect($stomp->begin('t1') && $stomp->send(QUEUE, 'never', ['transaction' => 't1']), 'BEGIN');
expect($stomp->abort('t1'), 'ABORT');
expect($stomp->begin('t2') && $stomp->send(QUEUE, 'committed', ['transaction' => 't2']), 'BEGIN');
expect($stomp->commit('t2', ['receipt' => 'committed']), 'the receipt of COMMIT');
expect($stomp->ack(message($stomp, 'committed')), 'ACK');

unset($stomp);
echo 'php-stomp ', phpversion('stomp'), "\n";
