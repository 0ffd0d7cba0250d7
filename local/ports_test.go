package main

import (
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestAPortThatSomebodyAskedForAndIsTakenNamesWhoHasIt(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	p := &ports{}
	defer p.close()
	_, err = p.asked("LISTEN_ADDR", taken.Addr().String())
	want := "process " + strconv.Itoa(os.Getpid())
	if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "LISTEN_ADDR="+taken.Addr().String()) {
		t.Errorf("asked for a taken port, got %v, want the setting and %q", err, want)
	}
}

func TestAPortThatNobodyAskedForIsTheNextFreeOne(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	usual := taken.Addr().(*net.TCPAddr).Port
	p := &ports{}
	defer p.close()
	addr, err := p.near("127.0.0.1", usual)
	if err != nil || portOf(addr) == strconv.Itoa(usual) {
		t.Errorf("port %d is taken, and near says %s, %v", usual, addr, err)
	}
}

func TestTwoSystemsThatStartTogetherGetDifferentPorts(t *testing.T) {
	t.Parallel()
	one, other := &ports{}, &ports{}
	defer one.close()
	defer other.close()
	first, err := one.near("127.0.0.1", 21500)
	if err != nil {
		t.Fatal(err)
	}
	second, err := other.near("127.0.0.1", 21500)
	if err != nil || first == second {
		t.Errorf("both got %s (%v), though neither listens yet", first, err)
	}
}

func TestPortZeroMeansAny(t *testing.T) {
	t.Parallel()
	p := &ports{}
	defer p.close()
	addr, err := p.asked("LISTEN_ADDR", "127.0.0.1:0")
	if err != nil || portOf(addr) == "0" {
		t.Errorf("asked for any port, got %s, %v", addr, err)
	}
}
