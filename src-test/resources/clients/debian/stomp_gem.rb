# The stomp gem as its users have it: ruby-stomp of Debian. Arguments: host, port.
require 'stomp'
require 'timeout'

QUEUE = '/queue/matrix-ruby'.freeze

def message(connection, body)
  frame = connection.receive
  raise "expected #{body.inspect}, got #{frame}" unless frame.command == 'MESSAGE' && frame.body.b == body.b

  frame
end

def receipt(connection, id)
  frame = connection.receive
  raise "expected the receipt #{id}, got #{frame}" unless frame.headers['receipt-id'] == id
end

Timeout.timeout(60) do
  connection = Stomp::Connection.new(
    hosts: [{ login: 'guest', passcode: 'guest', host: ARGV[0], port: ARGV[1].to_i }],
    reliable: false,
    connect_headers: { 'accept-version' => '1.2', 'host' => ARGV[0], 'heart-beat' => '1000,1000' }
  )
  raise "version #{connection.protocol}" unless connection.protocol == '1.2'

  connection.subscribe(QUEUE, { ack: 'client-individual', id: 's', receipt: 'subscribed' })
  receipt(connection, 'subscribed')
  connection.publish(QUEUE, 'text')
  frame = message(connection, 'text')
  connection.nack(frame.headers['ack'])
  again = message(connection, 'text')
  raise 'not redelivered' unless again.headers['redelivered'] == 'true'

  connection.ack(again.headers['ack'], { receipt: 'acknowledged' })
  receipt(connection, 'acknowledged')

  octets = (0..255).to_a.pack('C*')
  connection.publish(QUEUE, octets)
  connection.ack(message(connection, octets).headers['ack'])

  connection.begin('t1')
  connection.publish(QUEUE, 'never', { transaction: 't1' })
  connection.abort('t1')
  connection.begin('t2')
  connection.publish(QUEUE, 'committed', { transaction: 't2' })
  connection.commit('t2')
  connection.ack(message(connection, 'committed').headers['ack'])

  # Longer than a client without heart-beats would be kept.
  sleep 4
  connection.publish(QUEUE, 'still here')
  connection.ack(message(connection, 'still here').headers['ack'])
  connection.disconnect
end
puts "stomp gem #{Stomp::Version::STRING}"
