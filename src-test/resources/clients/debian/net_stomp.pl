# Net::Stomp as its users have it: libnet-stomp-perl of Debian. Arguments: host, port.
use strict;
use warnings;
use Net::Stomp;

my ($host, $port) = @ARGV;
my $queue = '/queue/matrix-perl';

my $stomp = Net::Stomp->new({ hostname => $host, port => $port, timeout => 30 });
my $connected = $stomp->connect({ login => 'guest', passcode => 'guest', 'accept-version' => '1.1', host => $host });
die 'not connected: ' . $connected->as_string if $connected->command ne 'CONNECTED';

sub message {
    my ($body) = @_;
    my $frame = $stomp->receive_frame or die "no frame, expected $body";
    die 'expected ' . $body . ', got ' . $frame->as_string if $frame->body ne $body;
    return $frame;
}

# Net::Stomp takes the next frame for the receipt, and a subscriber's could be the message.
$stomp->send_with_receipt({ destination => $queue, body => 'text' }) or die 'no receipt';
$stomp->subscribe({ destination => $queue, id => 's', ack => 'client-individual' });
my $frame = message('text');
$stomp->nack({ frame => $frame, subscription => 's' });
my $again = message('text');
die 'not redelivered' if $again->headers->{redelivered} ne 'true';
$stomp->ack({ frame => $again, subscription => 's' });

my $octets = join '', map { chr } 0 .. 255;
$stomp->send({ destination => $queue, bytes_message => 1, body => $octets });
$stomp->ack({ frame => message($octets), subscription => 's' });

$stomp->send_transactional({ destination => $queue, body => 'committed' }) or die 'no receipt';
$stomp->ack({ frame => message('committed'), subscription => 's' });

$stomp->disconnect;
print "Net::Stomp $Net::Stomp::VERSION\n";
