//! stub
use crate::settings::Settings;
use anyhow::Result;
pub(crate) async fn serve(settings: Settings) -> Result<()> {
    let a = crate::adapters::Adapters::open(&settings).await?;
    let _ = a.fanout();
    crate::waiting::until_reachable(a.core.store.clone(), a.core.bus.clone()).await;
    Ok(())
}
pub(crate) async fn gateway(_s: Settings) -> Result<()> {
    Ok(())
}
pub(crate) async fn fanout(_s: Settings) -> Result<()> {
    Ok(())
}
