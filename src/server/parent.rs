//! Watches the process that started the server: a server without an editor should not outlive it.

use std::time::Duration;

use super::end::{End, Ending};

/// Time between two looks.
const PACE: Duration = Duration::from_secs(1);

/// Brings the end about when process `id` is gone. Where that can't be seen, the end of input has to do.
pub fn watch(id: u32, end: End) {
    let watching = std::thread::Builder::new().name("parent".to_owned()).spawn(move || {
        while is_alive(id) {
            std::thread::sleep(PACE);
        }
        end.set(Ending::ParentGone);
    });
    if watching.is_err() {
        super::log::problem("the parent process is not watched");
    }
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    let Some(pid) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) else { return true };
    // Not being allowed to ask means that there is somebody.
    let exists = rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH);
    exists && !is_zombie(id)
}

/// Dead, and not yet noticed by its own parent.
#[cfg(unix)]
fn is_zombie(id: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/stat"))
        .ok()
        .and_then(|stat| stat.rsplit_once(')').map(|(_, rest)| rest.trim_start().starts_with(['Z', 'X'])))
        .unwrap_or(false)
}

#[cfg(not(unix))]
fn is_alive(_id: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_living_and_the_dead() {
        assert!(is_alive(std::process::id()));
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert!(is_alive(child.id()));
        child.kill().unwrap();
        while is_alive(child.id()) {
            std::thread::yield_now(); // a zombie first, then nothing
        }
        child.wait().unwrap();
        assert!(!is_alive(child.id()));
    }
}
